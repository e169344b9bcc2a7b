namespace Tame.Testing;

/// <summary>What fails while a loop ends, which its run cannot throw. On the loop's thread.</summary>
internal sealed class EndFailures
{
    private List<TameUnhandledEventArgs>? _noted;

    /// <summary>The loop begins to end.</summary>
    public void Begin() => _noted = [];

    public void Note(object? sender, TameUnhandledEventArgs failure) => _noted?.Add(failure);

    /// <summary>Throws what no handler took, the first of it with the others beside it.</summary>
    public void Throw()
    {
        var failures = _noted!.Where(failure => !failure.Handled).Select(failure => failure.Exception).ToList();
        if (failures.Count != 0)
            FailureGroup.Throw(FailureGroup.Join(failures));
    }
}
