"""Evidence for what landlords answer to, line by line: live, or an honest gap."""
