namespace Tame;

/// <summary>The records of a loop for the stretches from one wait point to another.</summary>
internal sealed class StretchRecord(PointRecord to, BlockingEdgeKind kind)
{
    private StretchCosts _costs;
    private bool _isMeasured;
    private bool _hasBlocked;

    public PointRecord To => to;

    public BlockingEdgeKind Kind => kind;

    public StretchCosts Costs => _costs;

    public long Count { get; set; }

    /// <summary>The next record that leaves the same point.</summary>
    public StretchRecord? Next { get; set; }

    /// <summary>An average in which the last value counts for an eighth.</summary>
    public static double Averaged(double average, double value) => average + (value - average) / 8;

    public bool Is(PointRecord other, BlockingEdgeKind otherKind) => ReferenceEquals(to, other) && kind == otherKind;

    /// <summary>Adds the costs of a stretch. How long the call waits after it is not known yet.</summary>
    public void Add(in StretchCosts taken)
    {
        double blocked = _costs.BlockedNanoseconds;
        _costs = !_isMeasured ? taken : new StretchCosts(
            Averaged(_costs.RunningNanoseconds, taken.RunningNanoseconds),
            Averaged(_costs.AllocatedBytes, taken.AllocatedBytes),
            Averaged(_costs.ClosureBytes, taken.ClosureBytes),
            Averaged(_costs.Descriptors, taken.Descriptors),
            0);
        _costs = _costs with { BlockedNanoseconds = blocked };
        _isMeasured = true;
    }

    /// <summary>Adds how long a call waited after a stretch.</summary>
    public void AddBlocked(double nanoseconds)
    {
        _costs = _costs with { BlockedNanoseconds = _hasBlocked ? Averaged(_costs.BlockedNanoseconds, nanoseconds) : nanoseconds };
        _hasBlocked = true;
    }
}
