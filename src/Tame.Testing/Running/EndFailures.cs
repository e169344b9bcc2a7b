namespace Tame.Testing;

/// <summary>Collects the failures while a loop ends, which its run cannot throw. For the loop's thread.</summary>
internal sealed class EndFailures
{
    private List<TameUnhandledEventArgs>? _noted;

    /// <summary>Begins to collect, when the loop begins to end.</summary>
    public void Begin() => _noted = [];

    public void Note(object? sender, TameUnhandledEventArgs failure) => _noted?.Add(failure);

    /// <summary>Throws the first failure that no handler took, joined with the others.</summary>
    public void Throw()
    {
        var failures = _noted!.Where(failure => !failure.Handled).Select(failure => failure.Exception).ToList();
        if (failures.Count != 0)
            FailureGroup.Throw(FailureGroup.Join(failures));
    }
}
