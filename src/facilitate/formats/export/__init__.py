"""What people take with them: records and agendas in forms that others can read."""
