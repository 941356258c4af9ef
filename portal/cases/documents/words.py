"""The words for documents that are kept as codes."""

from portal.cases.documents.service import DocumentKind, Marked

KINDS = {
    DocumentKind.EVIDENCE: "Evidence of what happened",
    DocumentKind.PICTURE: "Picture",
    DocumentKind.MESSAGE: "Message or recording",
    DocumentKind.LETTER: "Letter",
    DocumentKind.COURT: "From a court",
    DocumentKind.ASSESSMENT: "Assessment or report",
    DocumentKind.CONSENT: "Consent in writing",
    DocumentKind.IDENTITY: "Proof of identity or tenancy",
    DocumentKind.OTHER: "Something else",
}
MARKED = {Marked.DOCUMENT: "a document", Marked.LINE: "a line of the record"}
