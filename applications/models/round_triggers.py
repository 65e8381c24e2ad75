"""What the database itself refuses to rounds and their phases."""

BEGUN = """
    IF EXISTS (SELECT 1 FROM applications_application a WHERE a.round_id = OLD.id) THEN
        RAISE EXCEPTION 'the round has an application and keeps its schedule';
    END IF;
    RETURN NEW;
"""

OVERLAPS = """
    PERFORM pg_advisory_xact_lock(hashtext('applications_round'));
    IF EXISTS (
        SELECT 1
        FROM applications_round r
        JOIN applications_roundphase p ON p.round_id = r.id
        JOIN applications_roundphase own ON own.phase = p.phase AND own.round_id = NEW.id
        WHERE r.id <> NEW.id
        AND r.network_id IS NOT DISTINCT FROM NEW.network_id
        AND r.opens_at < NEW.closes_at AND NEW.opens_at < r.closes_at
    ) THEN
        RAISE EXCEPTION 'another round takes the same phase at the same time';
    END IF;
    RETURN NEW;
"""
"""Two rounds never take the same phase from the same people at once: one would not know in which of
them one applies. The lock lets one at a time look."""

PHASE_OVERLAPS = """
    PERFORM pg_advisory_xact_lock(hashtext('applications_round'));
    IF EXISTS (
        SELECT 1
        FROM applications_round own
        JOIN applications_round r ON r.id <> own.id
        JOIN applications_roundphase p ON p.round_id = r.id AND p.phase = NEW.phase
        WHERE own.id = NEW.round_id
        AND r.network_id IS NOT DISTINCT FROM own.network_id
        AND r.opens_at < own.closes_at AND own.opens_at < r.closes_at
    ) THEN
        RAISE EXCEPTION 'another round takes the same phase at the same time';
    END IF;
    RETURN NEW;
"""

ASKED_WITH = """
    IF EXISTS (
        SELECT 1 FROM applications_application a
        WHERE a.round_id = OLD.round_id AND a.phase = OLD.phase
    ) THEN
        RAISE EXCEPTION 'the phase has an application in the round and keeps its form';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
