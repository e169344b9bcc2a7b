using System.Reflection;
using System.Runtime.Loader;
using Tame.Language.Tests.Differential.Support;

namespace Tame.Language.Tests.Differential;

/// <summary>Runs both sides of each program of an assembly, on a thread that is left behind when a program does not end.</summary>
internal sealed class Sides
{
    /// <summary>A program that neither ends nor writes is given up after this time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Assembly _assembly;
    private readonly Verdict?[] _verdicts;
    private volatile Run? _current;
    private volatile string? _awaited;
    private volatile int _index;

    private Sides(Assembly assembly, Verdict?[] verdicts) => (_assembly, _verdicts) = (assembly, verdicts);

    /// <summary>Fills in the verdicts that are still missing.</summary>
    public static void Run(byte[] image, Verdict?[] verdicts)
    {
        var context = new AssemblyLoadContext("Programs", isCollectible: true);
        using var stream = new MemoryStream(image);
        var assembly = context.LoadFromStream(stream);
        while (verdicts.Contains(null))
            new Sides(assembly, verdicts).RunToEndOrHang();
        context.Unload();
    }

    private void RunToEndOrHang()
    {
        var thread = new Thread(RunAll) { IsBackground = true };
        thread.Start();
        while (!thread.Join(50))
        {
            if (_current is not { } run || !run.World.RunsForEver.IsSet && run.Age < s_patience)
                continue;
            string trace = $"{run.World} … for ever";
            _verdicts[_index] = _awaited is { } awaited
                ? new Verdict(Outcome.Differs, "", trace, awaited)
                : new Verdict(Outcome.Invalid, $"the await side runs for ever: {trace}");
            return;
        }
    }

    private void RunAll()
    {
        for (int i = 0; i < _verdicts.Length; i++)
        {
            if (_verdicts[i] is not null)
                continue;
            (_index, _awaited) = (i, null);
            _verdicts[i] = Main(i, "Awaited") is { } awaited && Main(i, "Tamed") is { } tamed
                ? Compare(awaited, tamed)
                : new Verdict(Outcome.Invalid, "there is no Program.Main(World, Event)");
        }
    }

    private Verdict Compare(Action<World, Event> awaited, Action<World, Event> tamed)
    {
        string expected = Trace(awaited);
        _awaited = expected;
        string actual = Trace(tamed);
        _current = null;
        return new Verdict(actual == expected ? Outcome.Same : Outcome.Differs, "", actual, expected);
    }

    private string Trace(Action<World, Event> main)
    {
        var run = new Run();
        _current = run;
        return run.To(main);
    }

    private Action<World, Event>? Main(int program, string side) =>
        _assembly.GetType($"P{program}.{side}.Program")?.GetMethod("Main", [typeof(World), typeof(Event)])?.CreateDelegate<Action<World, Event>>();
}
