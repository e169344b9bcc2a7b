using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>
/// One row of the table: a benchmark class with a method for each side. BenchmarkDotNet runs it as it stands; a plain loop and the curves
/// find the sides by <see cref="Sides"/>, and set how much is outstanding.
/// </summary>
/// <remarks>A call of a side is short, so that there are many: a method that waits in a loop is compiled anew by how often it is called, and the
/// runtime's own async is no exception, while each resume of the compiler's is a call.</remarks>
public abstract class Row(int outstanding, int operations)
{
    /// <summary>How many waits are under way at a time.</summary>
    public int Outstanding { get; set; } = outstanding;

    /// <summary>How many operations one call of a side makes.</summary>
    public int Operations { get; set; } = operations;

    /// <summary>More than that the row cannot have.</summary>
    public virtual int MostOutstanding => int.MaxValue;

    /// <summary>The sides run in turns, where one follows the other otherwise: for sides that differ by little, or that other threads disturb.</summary>
    public virtual bool IsMeasuredInTurns => false;

    /// <summary>As the command line names it.</summary>
    public static string NameOf(Type row) => row.Name.ToLowerInvariant();

    /// <summary>All rows, in the order of their names.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(Row).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Row))).OrderBy(NameOf, StringComparer.Ordinal)];

    /// <summary>The row of a name, or null.</summary>
    public static Type? Find(string name) => All.FirstOrDefault(type => NameOf(type) == name);

    public static Row Make(Type type) => (Row)Activator.CreateInstance(type)!;

    /// <summary>The name of each side, with what runs it once.</summary>
    public IReadOnlyDictionary<string, Action> Sides() =>
        GetType().GetMethods().Where(method => method.IsDefined(typeof(BenchmarkAttribute)))
            .ToDictionary(NameOf, method => method.CreateDelegate<Action>(this));

    /// <summary>The name of a side: the description of its benchmark.</summary>
    public static string NameOf(MethodInfo side) => side.GetCustomAttribute<BenchmarkAttribute>()!.Description!;
}
