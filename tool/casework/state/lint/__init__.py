"""What is doubtful in a policy before any case shows it: one small function per question, all in ``table``. Pure."""
