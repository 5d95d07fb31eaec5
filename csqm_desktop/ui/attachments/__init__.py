"""Attached files on screen: small pictures and chips in a conversation, a viewer, and copies for a person."""
