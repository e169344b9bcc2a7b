using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>The jumps that leave one try whose finally waits. Each target gets a number, and is jumped to after the finally has run.</summary>
internal sealed class FinallyExits(LocalTable locals, int label)
{
    private readonly List<int?> _targets = [];
    private readonly List<Exit> _exits = [];

    /// <summary>The label at the start of the finally block.</summary>
    public int Label => label;

    /// <summary>The kept value with the current exception.</summary>
    public int Thrown { get; } = locals.AddHidden(HiddenValue.Thrown, "global::System.Exception?", holdsReferences: true);

    /// <summary>The kept value with the number of the current jump. Null if nothing jumps.</summary>
    public int? Exit { get; private set; }

    public IReadOnlyList<Exit> All => _exits;

    /// <summary>The number of a target (null for the end of the method). <paramref name="jump"/> goes there from the code after the finally.</summary>
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
