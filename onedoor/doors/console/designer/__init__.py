"""The designer: the documents of one service in tabs, what citizens will see and what the check finds always beside."""
