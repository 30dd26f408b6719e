"""Perisai: offices, agents, whom they recruited, whether recruits stay, what agents are owed."""
