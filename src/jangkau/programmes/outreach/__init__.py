"""Events in villages, markets and factories, meetings, who came, and what it did: planned, held, measured."""
