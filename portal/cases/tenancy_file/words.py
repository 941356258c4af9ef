"""The words about requests to see the tenancy file."""

from portal.domain.tenancy_file import ActsAs, Asker

ASKERS = {
    Asker.JOINT_TENANT: "The joint tenant",
    Asker.ACTING: "Somebody who acts for the joint tenant",
}
ACTS_AS = {
    ActsAs.SOLICITOR: "Solicitor",
    ActsAs.ADVISER: "Advice service",
    ActsAs.RELATIVE: "Relative or friend",
    ActsAs.ELECTED: "Councillor or Member of Parliament",
    ActsAs.OTHER: "Somebody else",
}
