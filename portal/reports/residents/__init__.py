"""Who asked for help beside who lives in the landlord's homes; refuses to report on too few."""
