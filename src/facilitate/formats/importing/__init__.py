"""Agendas out of files that were made elsewhere: tables, workbooks, Ontime."""
