"""What every case has to have on record, as the policy asks; a case without it is listed until somebody answers."""

from portal.domain.policy.stated import Frozen, Stated

SILENT = Stated[str](not_stated=True)


class RecordRules(Frozen):
    """Each in the policy's sense, with its clause. Where it is silent, nothing is asked for.

    `other_system` is a register beside this one in which the policy wants each case.
    """

    advice: Stated[str] = SILENT
    signpost: Stated[str] = SILENT
    advocate: Stated[str] = SILENT
    hardening: Stated[str] = SILENT
    needs_answered: Stated[str] = SILENT
    other_system: Stated[str] = SILENT
