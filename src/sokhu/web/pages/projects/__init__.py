"""What a project's page shows besides its values: its life, where it stands, its figures; and merging of its firms."""
