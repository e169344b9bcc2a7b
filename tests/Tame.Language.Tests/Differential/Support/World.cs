using System.Globalization;
using System.Text;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// All that a generated program can see and do: it writes down what happens, answers the same questions with the same answers on both sides,
/// and bounds every loop.
/// </summary>
public sealed partial class World
{
    /// <summary>More than any program does that ends: whoever does more runs for ever.</summary>
    private const int MostSteps = 50_000;

    [ThreadStatic]
    private static World? s_current;

    private readonly StringBuilder _trace = new();
    private readonly List<Func<int>> _kept = [];
    private int _steps;
    private int _fuel = 120;
    private int _callsLeft = 6;
    private int _questions;

    public World() => s_current = this;

    /// <summary>Set when the program does not end; its thread stays where it is.</summary>
    internal ManualResetEventSlim RunsForEver { get; } = new();

    /// <summary>The world of the program that runs on this thread.</summary>
    internal static World Current => s_current!;

    public void Add(int place) => Write(place.ToString(CultureInfo.InvariantCulture));

    public void Add(int place, object? what) => Write($"{place}:{Text(what)}");

    /// <summary>Writes down a failure and those that came with it.</summary>
    public void AddAll(int place, Exception failure) => Write($"{place}:{Text(failure)}[{string.Join(',', failure.OtherFailures().Select(Text))}]");

    /// <summary>Writes down that an expression is evaluated, and returns its value.</summary>
    public T Get<T>(int place, T value)
    {
        Add(place, value);
        return value;
    }

    /// <summary>Ends loops: false once the program has gone round often enough.</summary>
    public bool Go()
    {
        Step();
        return _fuel-- > 0;
    }

    /// <summary>Ends recursion: false once methods have called each other often enough.</summary>
    public bool Again() => _callsLeft-- > 0;

    /// <summary>True now and then.</summary>
    public bool Some() => Next(2) == 0;

    /// <summary>A number below a limit, another one each time.</summary>
    public int Next(int limit)
    {
        Step();
        uint mixed = (uint)++_questions * 2654435761u;
        mixed ^= mixed >> 15;
        mixed *= 2246822519u;
        return (int)((mixed >> 8) % (uint)limit);
    }

    /// <summary>A number that overflows soon, which the compiler does not know.</summary>
    public int Big() => 1_000_000_000 + (_questions & 1);

    /// <summary>A value of one of many types.</summary>
    public object? Any() => Next(8) switch
    {
        0 => Next(4),
        1 => "ab"[Next(2)..],
        2 => new Pair { A = Next(3), B = "b" },
        3 => (Next(3), "t"),
        4 => new[] { Next(3), 1, 2 },
        5 => new Box<int> { Value = Next(3) },
        6 => null,
        _ => 2.5,
    };

    public Side Side() => (Side)Next(3);

    /// <summary>Numbers, and how many they are.</summary>
    public int[] Load(int value, out int count)
    {
        count = Next(4);
        return [.. Enumerable.Range(value & 3, count)];
    }

    public bool Try(int value, out int result)
    {
        result = value + 1;
        return Some();
    }

    /// <summary>Keeps a delegate until <see cref="CallKept"/>.</summary>
    public void Keep(Func<int> function) => _kept.Add(function);

    /// <summary>Keeps a delegate, from inside a condition.</summary>
    public bool Keeps(Func<int> function)
    {
        Keep(function);
        return true;
    }

    /// <summary>How many parameters the function of a delegate has.</summary>
    public static int Parameters(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.Method.GetParameters().Length;
    }

    /// <summary>Calls all delegates that were kept, the first first.</summary>
    public void CallKept(int place)
    {
        for (int i = 0; i < _kept.Count && i < 20; i++)
            Add(place, _kept[i]());
    }

    public int Throw(int number) => throw new ProgramException(number);

    public int MayThrow(int number) => Next(4) == 0 ? throw new ProgramException(number) : number;

    internal void Write(string line)
    {
        Step();
        _trace.Append(_trace.Length == 0 ? "" : " ").Append(line);
    }

    /// <summary>Does not return once the program has done too much.</summary>
    internal void Step()
    {
        if (++_steps <= MostSteps)
            return;
        RunsForEver.Set();
        Thread.Sleep(Timeout.Infinite);
    }

    public override string ToString() => _trace.ToString();

    internal static string Text(object? what) => what switch
    {
        null => "null",
        ProgramException failure => $"{(failure is NarrowException ? "n" : "e")}{failure.Number}",
        Exception error => error.GetType().Name,
        Array array => $"{{{string.Join(',', array.Cast<object?>().Select(Text))}}}",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => what.ToString() ?? "",
    };
}
