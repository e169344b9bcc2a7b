namespace Tame.Stages;

/// <summary>
/// Whether a runner that has nothing to do looks again for a while before it sleeps. Where other threads feed it all the time, a sleep and the wake-up cost both sides microseconds. It yields
/// its core between two looks, so that who feeds it may run there. Where looking was in vain, it is tried ever more seldom.
/// </summary>
internal struct Lingering
{
    private const int Looks = 20;
    private const int MostSkipped = 1024;
    private int _looks;
    private int _failures;
    private int _skip;

    /// <summary>There was something to do.</summary>
    public void Found()
    {
        if (_looks == 0)
            return;
        _looks = 0;
        _failures = 0;
    }

    /// <summary>There is nothing to do. True to look once more, after a yield.</summary>
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
