"""The words of AAF: categories, attributes of both degrees under one name, and which of them are kept.

Source: SDET, annexes 4 and 4bis (second degree), 1D attributes of the same feed. What is not kept (addresses, grants,
transport) is read past and never stored.
"""

from enum import IntEnum


class Category(IntEnum):
    """What a request is about; the numbers are stored."""

    SCHOOL = 1
    PROGRAMME = 2
    SUBJECT = 3
    STUDENT = 4
    GUARDIAN = 5
    STAFF = 6


CATEGORIES = {
    "etabeducnat": Category.SCHOOL,
    "mefeducnat": Category.PROGRAMME,
    "mateducnat": Category.SUBJECT,
    "matiereeducnat": Category.SUBJECT,
    "eleve": Category.STUDENT,
    "persreleleve": Category.GUARDIAN,
    "perseducnat": Category.STAFF,
}
PEOPLE = (Category.STUDENT, Category.GUARDIAN, Category.STAFF)

# First degree → the name that the second degree gives to the same thing.
SAME = {
    "ENTPersonNom": "sn",
    "ENTPersonPrenom": "givenName",
    "ENTPersonCivilite": "personalTitle",
    "ENTPersonMail": "mail",
    "ENTPersonTelPerso": "homePhone",
    "ENTPersRelEleveTelPro": "telephoneNumber",
    "ENTPersRelEleveTelMobile": "mobile",
    "ENTEtablissementUAI": "ENTStructureUAI",
    "ENTStructureVille": "l",
}

_IDENTITY = frozenset({"ENTPersonDateNaissance", "ENTPersonNomPatro", "sn", "givenName", "personalTitle"})
KEPT: dict[Category, frozenset[str]] = {
    Category.SCHOOL: frozenset(
        {
            *("ENTStructureUAI", "ENTStructureNomCourant", "ENTStructureCodeTypeStruct", "ENTStructureTypeStruct", "l"),
            *("ENTServAcCodeAcademie", "ENTStructureClasses", "ENTStructureGroupes"),
        }
    ),
    Category.PROGRAMME: frozenset({"ENTLibelleMef"}),
    Category.SUBJECT: frozenset({"ENTLibelleMatiere"}),
    Category.STUDENT: _IDENTITY
    | {
        *("ENTPersonAutresPrenoms", "ENTEleveINE", "ENTEleveStructRattachId", "ENTElevePersRelEleve"),
        *("ENTPersonStructRattach", "ENTEleveClasses", "ENTEleveGroupes", "ENTEleveDateEntreeStructRattach"),
        *("ENTEleveDateSortieStructRattach", "ENTEleveMEF", "ENTEleveCodeEnseignements", "ENTEleveRegime"),
        *("ENTEleveStatutEleve", "mail", "ENTPersonClasses", "ENTPersonGroupes", "ENTEleveAutoriteParentale"),
        "ENTEleveNiveau",
    },
    Category.GUARDIAN: _IDENTITY | {"homePhone", "telephoneNumber", "mobile", "ENTPersonMobileSMS", "mail"},
    Category.STAFF: _IDENTITY
    | {
        *("mail", "ENTPersonSTSId", "ENTPersonStructRattach", "ENTPersonFonctions", "ENTAuxEnsDisciplinesPoste"),
        *("ENTAuxEnsClassesPrincipal", "ENTPersonCategorieEnseignant", "PersEducNatPresenceDevantEleves"),
        *("ENTEnsFonctionDir", "ENTEnsSpecialites"),
    },
}

# Known, and of no use here. A name that is nowhere is told once: strict readers broke at each new version.
IGNORED = frozenset(
    {
        *("ENTPersonJointure", "ENTStructureJointure", "ENTMefJointure", "ENTMatJointure", "ENTPersonAutresPrenoms"),
        *(
            "ENTEleveStructureRattachIdMEN",
            "ENTEleveDateEntreeClasses",
            "ENTEleveDateSortieClasses",
            "ENTEleveLibelleMEF",
        ),
        *("ENTEleveNivFormation", "ENTEleveFiliere", "ENTEleveEnseignements", "ENTEleveBoursier", "ENTEleveTransport"),
        *("ENTPersonAdresse", "ENTPersonCodePostal", "ENTPersonVille", "ENTPersonPays", "mail", "homePhone"),
        *("ENTEleveAdresseRel", "ENTEleveParents", "ENTElevePere", "ENTEleveMere", "ENTEleveAutoriteParentale"),
        *("ENTElevePersRelEleve1", "ENTElevePersRelEleve2", "ENTEleveQualitePersRelEleve1"),
        *("ENTEleveQualitePersRelEleve2", "ENTEleveEnseignementsEtablissementsAccueil", "telephoneNumber", "mobile"),
        *("ENTPersonAdresseDiffusion", "ENTAuxPersRelEleveEleve", "ENTPersRelEleveEleve", "ENTPersonMobileSMS"),
        *("ENTAuxEnsCategoDiscipline", "ENTAuxEnsMEF", "ENTAuxEnsMatiereEnseignEtab", "ENTAuxEnsClasses"),
        *("ENTAuxEnsGroupes", "ENTAuxEnsClassesMatieres", "ENTAuxEnsGroupesMatieres", "ENTStructureSIREN"),
        *("ENTEtablissementMinistereTutelle", "ENTEtablissementCodeMinistereTutelle", "ENTEtablissementContrat"),
        *(
            "postOfficeBox",
            "street",
            "postalCode",
            "facsimileTelephoneNumber",
            "ENTStructureMailSI",
            "ENTServAcAcademie",
        ),
        *("ENTEtablissementStructRattachFctl", "ENTEtablissementBassin", "ENTMEFRattach", "ENTMEFSTAT11"),
        *("ENTNivFormation", "ENTFiliere", "ENTMatiereRattach", "ENTEleveCycle", "ENTEleveTypeClasse"),
        *("ENTEleveRestaurantScolaire", "ENTEleveGarderieMatin", "ENTEleveGarderieSoir", "ENTEleveEtudesSurveillees"),
        *("ENTStructureAdresse", "ENTStructureCodePostal", "ENTStructureTelephone", "ENTStructureFax"),
        *("ENTStructureBoitePostale", "ENTStructureEmail", "ENTEcoleMinistereTutelle", "ENTEcoleCodeMinistereTutelle"),
        *("ENTEcoleSecteur", "ENTEcoleCirconscription", "ENTEcoleCommune", "ENTEcoleRPI", "ENTEleveCodeEnseignements"),
    }
)


def is_known(name: str) -> bool:
    """Whether an attribute has a meaning here; dated twins (« …Date ») are read past."""
    return name in IGNORED or name in SAME or name.endswith("Date") or any(name in kept for kept in KEPT.values())
