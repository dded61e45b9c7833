"""Services as their ministry sees them: editions in time, drafts on their way, trials, releases, withdrawals."""
