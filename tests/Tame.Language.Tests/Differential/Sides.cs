using System.Reflection;
using System.Runtime.Loader;
using Tame.Language.Tests.Differential.Support;

namespace Tame.Language.Tests.Differential;

/// <summary>Runs both sides of each program of an assembly, on a thread that is left behind when a program does not end.</summary>
internal sealed class Sides
{
    /// <summary>A program that neither ends nor does anything that its world sees is given up after this time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A loss is noticed when the collector runs, which is now on the one side and then on the other. Where traces differ that may have to do with one, both
    /// sides run again, with a collection wherever nothing else can happen, and each of so many runs has to differ.
    /// </summary>
    private const int Repetitions = 2;

    private readonly Assembly _assembly;
    private readonly Verdict?[] _verdicts;
    private readonly bool _noticesLosses;
    private volatile Run? _current;
    private volatile string? _awaited;
    private volatile int _index;

    private Sides(Assembly assembly, Verdict?[] verdicts, bool noticesLosses) => (_assembly, _verdicts, _noticesLosses) = (assembly, verdicts, noticesLosses);

    /// <summary>Fills in the verdicts that are still missing.</summary>
    public static void Run(byte[] image, Verdict?[] verdicts)
    {
        Run(image, verdicts, noticesLosses: false);
        var differing = Enumerable.Range(0, verdicts.Length).Where(i => MayBeALoss(verdicts[i]!)).ToList();
        for (int repetition = 0; repetition < Repetitions && differing.Count > 0; repetition++)
        {
            foreach (int i in differing)
                verdicts[i] = null;
            Run(image, verdicts, noticesLosses: true);
            differing.RemoveAll(i => verdicts[i]!.Outcome != Outcome.Differs);
        }
    }

    private static bool MayBeALoss(Verdict verdict) => verdict.Outcome == Outcome.Differs
        && (IsBlocked(verdict.Tamed) != IsBlocked(verdict.Awaited) || (verdict.Tamed + verdict.Awaited).Contains(nameof(LostEventException), StringComparison.Ordinal));

    private static bool IsBlocked(string trace) => trace.EndsWith("blocked", StringComparison.Ordinal);

    private static void Run(byte[] image, Verdict?[] verdicts, bool noticesLosses)
    {
        // Not collectible: the runtime compiles such an assembly with full optimization at once, a fifth of the whole run. 2,000 programs take 0.6 GB.
        var context = new AssemblyLoadContext("Programs");
        using var stream = new MemoryStream(image);
        var assembly = context.LoadFromStream(stream);
        while (verdicts.Contains(null))
            new Sides(assembly, verdicts, noticesLosses).RunToEndOrHang();
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
        var run = new Run(_noticesLosses);
        _current = run;
        return run.To(main);
    }

    private Action<World, Event>? Main(int program, string side) =>
        _assembly.GetType($"P{program}.{side}.Program")?.GetMethod("Main", [typeof(World), typeof(Event)])?.CreateDelegate<Action<World, Event>>();
}
