namespace Tame.CompilerServices;

/// <summary>The failures of one block, in order of arrival. A single failure costs no object.</summary>
internal struct BlockFailures
{
    /// <summary>Less than the number of any event.</summary>
    public const long BeforeAll = 0;

    /// <summary>Null, a failure, or a list of numbered ones.</summary>
    private object? _failures;
    private long _number;

    public readonly bool IsEmpty => _failures is null;

    /// <summary>Adds the failure of an event.</summary>
    /// <param name="number">The event's number. Numbers grow in the order of creation.</param>
    /// <param name="failure">Its failure.</param>
    public void Add(long number, Exception failure)
    {
        if (_failures is null)
            (_failures, _number) = (failure, number);
        else if (_failures is List<(long Number, Exception Failure)> list)
            list.Add((number, failure));
        else
            _failures = new List<(long Number, Exception Failure)> { (_number, (Exception)_failures), (number, failure) };
    }

    /// <summary>Removes the failures and returns them, joined in the order of the numbers.</summary>
    public Exception Take()
    {
        object failures = _failures!;
        _failures = null;
        if (failures is Exception failure)
            return failure;
        var list = (List<(long Number, Exception Failure)>)failures;
        list.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        return FailureGroup.Join(list.Select(numbered => numbered.Failure));
    }
}
