"""The conference about people at high risk (MARAC): one board for each area, over all landlords and agencies."""
