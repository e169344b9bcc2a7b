using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>
/// One row of the table: a benchmark class with a method for each side. BenchmarkDotNet runs it directly. A plain loop and the curves
/// find the sides with <see cref="Sides"/>, and set the number of outstanding waits.
/// </summary>
/// <remarks>A call of a side is short, so that many calls are made. The runtime recompiles a method by the number of its calls. A long loop in one
/// method of the runtime's own async counts as one call, while each resume of a method of the compiler's async counts as a call.</remarks>
public abstract class Row(int outstanding, int operations)
{
    /// <summary>The number of waits in progress at a time.</summary>
    public int Outstanding { get; set; } = outstanding;

    /// <summary>How many operations one call of a side makes.</summary>
    public int Operations { get; set; } = operations;

    /// <summary>More than that the row cannot have.</summary>
    public virtual int MostOutstanding => int.MaxValue;

    /// <summary>The sides run in turns, where one follows the other otherwise: for sides that the scheduling of threads disturbs.</summary>
    public virtual bool IsMeasuredInTurns => false;

    /// <summary>Each side has its own process: for sides that share code, which the runtime optimizes for the one that runs first.</summary>
    public virtual bool IsMeasuredApart => false;

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
