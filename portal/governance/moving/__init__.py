"""An open case is moved to another version of the policy, by a decision that is recorded."""
