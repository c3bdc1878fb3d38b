"""The parts that pages share: tables, the provenance of a claim, empty states, the frame around them all."""
