"""Lengths and codes that the schema of the LSU takes. Source: `import-complet-strict.xsd` (versions 2.0 to 7.0)."""

APPRECIATION, ADVICE, SYNTHESIS, COMMENT = 600, 1000, 1500, 600
DISCIPLINE, ELEMENT, TITLE, THEME, THEME_LABEL, DIVISION = 40, 300, 150, 50, 100, 20
NAME, RELATION, EDITOR, AVERAGE = 100, 40, 50, 8
MOST_HALF_DAYS = 999
BOOKLET_SUBJECT = 60

VERSIONS = ("7.0", "6.0", "5.0", "4.0")
MODES = ("S", "O", "F", "L", "R", "X", "D")
COMPONENTS = ("CPD_FRA", "CPD_ETR", "CPD_SCI", "CPD_ART", "MET_APP", "FRM_CIT", "SYS_NAT", "REP_MND")
COMPLEMENTS = ("AUC", "LCA", "LCE", "LCR", "CHK", "PRO", "LSF", "LVE")
NO_COMPLEMENT = "AUC"
LANGUAGES = ("AUC", "BAQ", "BRE", "CAT", "COS", "CPF", "FUD", "GAL", "GSW", "MEL", "MOL", "OCI", "TAH", "WLS")
PATHS = ("PAR_AVN", "PAR_CIT", "PAR_ART", "PAR_SAN")
SUPPORTS = ("PAP", "PPS", "UPE2A", "SEGPA", "ULIS", "PAI", "PPRE", "CTR")
