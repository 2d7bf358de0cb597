"""The words of LTI 1.3 and its services (1EdTech), as the specifications write them."""

CLAIM = "https://purl.imsglobal.org/spec/lti/claim"
DL_CLAIM = "https://purl.imsglobal.org/spec/lti-dl/claim"
AGS_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS_CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
PLATFORM_CLAIM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL_CLAIM = "https://purl.imsglobal.org/spec/lti-tool-configuration"
# How tools prove who they are: by what they sign.
OWN_KEY = "private_key_jwt"

OPENING, PICKING, PICKED = "LtiResourceLinkRequest", "LtiDeepLinkingRequest", "LtiDeepLinkingResponse"

_MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
LEARNER = (f"{_MEMBERSHIP}Learner", f"{_INSTITUTION}Student")
INSTRUCTOR = (f"{_MEMBERSHIP}Instructor", f"{_INSTITUTION}Faculty")
MENTOR = (f"{_MEMBERSHIP}Mentor", f"{_INSTITUTION}Guest")

_AGS = "https://purl.imsglobal.org/spec/lti-ags/scope"
LINE_ITEM, LINE_ITEM_READ = f"{_AGS}/lineitem", f"{_AGS}/lineitem.readonly"
RESULT, SCORE = f"{_AGS}/result.readonly", f"{_AGS}/score"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
MARKING = (LINE_ITEM, LINE_ITEM_READ, RESULT, SCORE)

_IMS = "application/vnd.ims"
LINE_ITEM_TYPE, LINE_ITEMS_TYPE = f"{_IMS}.lis.v2.lineitem+json", f"{_IMS}.lis.v2.lineitemcontainer+json"
SCORE_TYPE, RESULTS_TYPE = f"{_IMS}.lis.v1.score+json", f"{_IMS}.lis.v2.resultcontainer+json"
MEMBERS_TYPE = f"{_IMS}.lti-nrps.v2.membershipcontainer+json"

# Of what the registry tells, the standard names; the rest is not said by LTI.
NAMES = ("name", "given_name", "family_name", "email")
CLAIMS = ("sub", "iss", *NAMES)
