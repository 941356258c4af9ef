"""The words about whoever could read the papers of a case."""

from portal.domain.eyes import Eyes, Paper

EYES = {
    Eyes.JOINT_TENANT: "The joint tenant",
    Eyes.SOLICITOR: "A solicitor",
    Eyes.CONTRACTOR: "A contractor",
    Eyes.CALL_CENTRE: "The call centre",
}
PAPERS = {
    Paper.LETTER: "The letter",
    Paper.FILE: "The tenancy file",
    Paper.JOB: "The work order",
    Paper.MARKS: "Marks",
}
HOW = {
    Eyes.JOINT_TENANT: "Has a right to the tenancy file, opens the post and is at home when somebody comes.",
    Eyes.SOLICITOR: "Acts for the joint tenant: is given what the joint tenant would be given, and no more.",
    Eyes.CONTRACTOR: "Opens one job by its link and comes to the door.",
    Eyes.CALL_CENTRE: "Has the tenancy file open while somebody rings, and can read out whatever stands in it. "
    "What tells there has to go out of the file itself.",
}
