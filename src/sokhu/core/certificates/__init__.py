"""The investment certificate as a chain of events: what it reads on any day, and what each event moves."""
