"""Staying and settling: the plan to stay, rent while two homes are paid for, arrears after a move, the first weeks."""
