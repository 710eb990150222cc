"""An invented demo school: `bench --site … execute crisis_intervention.demo.load`; twice is safe."""

from crisis_intervention.demo.loader import load
