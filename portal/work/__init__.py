"""What happens afterwards: the dispatcher, the RQ workers, the schedule."""
