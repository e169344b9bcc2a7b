namespace Tame;

/// <summary>The calls that can run and resumed at one wait point, and what such calls took of each resource before. On the loop's thread.</summary>
internal sealed class ScheduledNode(int resources)
{
    private readonly double[] _taken = new double[resources];
    private bool _isKnown;

    /// <summary>Calls that have not had their turn, the first the longest.</summary>
    public readonly Queue<ScheduledCall> Ready = new();

    /// <summary>A stretch from here is over, in which so much was taken.</summary>
    public void Note(ReadOnlySpan<double> taken)
    {
        for (int i = 0; i < _taken.Length; i++)
            _taken[i] = _isKnown ? StretchRecord.Averaged(_taken[i], taken[i]) : taken[i];
        _isKnown = true;
    }

    /// <summary>What a call here is going to take of what is scarce, as the largest share of a capacity; negative where it gives back. Zero where nothing is known.</summary>
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

/// <summary>A call that can run.</summary>
/// <param name="Call">The call.</param>
/// <param name="Order">Its place among all that came.</param>
/// <param name="Since">When it came, by the loop's coarse clock.</param>
internal readonly record struct ScheduledCall(CompilerServices.Closure Call, long Order, long Since);
