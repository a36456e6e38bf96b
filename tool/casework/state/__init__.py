"""Records → state: case, policy, people, spans, deadlines, retention. Pure: no clock, no git, no disk."""
