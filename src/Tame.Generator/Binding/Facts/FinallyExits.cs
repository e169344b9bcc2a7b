using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>The jumps that leave one try whose finally waits: each target gets a number, and is gone to when the finally has run.</summary>
internal sealed class FinallyExits(LocalTable locals, int label)
{
    private readonly List<int?> _targets = [];
    private readonly List<Exit> _exits = [];

    /// <summary>The label that the finally block begins with.</summary>
    public int Label => label;

    /// <summary>The kept value that holds an exception on its way.</summary>
    public int Thrown { get; } = locals.AddHidden(HiddenValue.Thrown, "global::System.Exception?", holdsReferences: true);

    /// <summary>The kept value that holds the number of a jump on its way; null where nothing jumps.</summary>
    public int? Exit { get; private set; }

    public IReadOnlyList<Exit> All => _exits;

    /// <summary>The number of a target (null for the end of the method); <paramref name="jump"/> goes there from behind the finally.</summary>
    public int NumberOf(int? target, Func<Fragment> jump)
    {
        var index = _targets.IndexOf(target);
        if (index >= 0) return index + 1;
        Exit ??= locals.AddHidden(HiddenValue.Exit, "int", holdsReferences: false);
        _targets.Add(target);
        var number = _targets.Count;
        _exits.Add(new Exit(number, jump()));
        return number;
    }
}
