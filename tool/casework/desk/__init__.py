"""What every command starts from: which register, seen from when, in which language; and how a person is asked and told."""
