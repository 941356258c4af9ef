"""One table: when this has happened, these jobs follow. Every event stands in it; a test checks that none is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.events import CaseAssigned, Event, LifeThreatened, RemindersFellDue, ReportReceived
