namespace Tame;

/// <summary>The ready calls that resume at one wait point, and what such calls took of each resource before. Use it on the loop's thread.</summary>
internal sealed class ScheduledNode(int resources)
{
    private readonly double[] _taken = new double[resources];
    private bool _isKnown;

    /// <summary>Calls that wait for their turn, the longest waiting first.</summary>
    public readonly Queue<ScheduledCall> Ready = new();

    /// <summary>Records what a stretch from here took.</summary>
    public void Note(ReadOnlySpan<double> taken)
    {
        for (int i = 0; i < _taken.Length; i++)
            _taken[i] = _isKnown ? StretchRecord.Averaged(_taken[i], taken[i]) : taken[i];
        _isKnown = true;
    }

    /// <summary>
    /// The amount that a call here is expected to take of scarce resources, as the largest share of a capacity. Negative if it gives back; zero if unknown.
    /// </summary>
    public double Need(ReadOnlySpan<Resource> resources)
    {
        double need = double.NegativeInfinity;
        for (int i = 0; i < resources.Length; i++)
        {
            if (resources[i].IsScarce)
                need = Math.Max(need, Math.Abs(_taken[i]) <= resources[i].LeastTaken ? 0 : _taken[i] / resources[i].Capacity);
        }
        return need;
    }
}

/// <summary>A ready call.</summary>
/// <param name="Call">The call.</param>
/// <param name="Order">Its place in the order of arrival.</param>
/// <param name="Since">When it arrived, by the loop's coarse clock.</param>
internal readonly record struct ScheduledCall(CompilerServices.Closure Call, long Order, long Since);
