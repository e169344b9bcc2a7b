namespace Tame.Stages;

/// <summary>
/// Decides whether an idle runner checks for work for a while before it sleeps. If other threads feed it all the time, a sleep and the wake-up cost both sides microseconds. The runner yields
/// its core between two checks, so that the threads that feed it may run there. If the checks find no work, it tries less often.
/// </summary>
internal struct Lingering
{
    private const int Looks = 20;
    private const int MostSkipped = 1024;
    private int _looks;
    private int _failures;
    private int _skip;

    /// <summary>There was work to do.</summary>
    public void Found()
    {
        if (_looks == 0)
            return;
        _looks = 0;
        _failures = 0;
    }

    /// <summary>There is no work to do. True to check once more, after a yield.</summary>
    public bool Look()
    {
        if (_looks == 0 && _skip > 0)
        {
            _skip--;
            return false;
        }
        if (_looks++ < Looks)
        {
            Thread.Yield();
            return true;
        }
        _looks = 0;
        _failures = Math.Max(1, Math.Min(2 * _failures, MostSkipped));
        _skip = _failures;
        return false;
    }
}
