namespace Tame.Runtime.Tests.Model;

/// <summary>The target of the steps: the runtime, or the reference for its behavior.</summary>
internal abstract class Subject
{
    protected const int Slots = 4;

    /// <summary>What the waiting calls saw, in the order in which they resumed.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The destination of the values of the rendezvous' events.</summary>
    protected int[] Values { get; } = new int[Slots];

    protected abstract int Events { get; }

    protected abstract int Rendezvous { get; }

    /// <summary>The number of the step, from which values and the names of errors are derived.</summary>
    protected int Now { get; private set; }

    /// <summary>Runs a step and returns what its caller observed.</summary>
    public string Do(int number, Step step)
    {
        Now = number;
        return step.Op switch
        {
            Op.Make => Make(step.A % Rendezvous, step.C, step.B % Slots),
            Op.Trigger => Say(Trigger(At(step.A), number)),
            Op.Unblock => Say(Unblock(At(step.A))),
            Op.Fail => Say(Fail(At(step.A), Error(number))),
            Op.AtTrigger => AtTrigger(At(step.A), At(step.B)),
            Op.Cancel => Cancel(step.A % Rendezvous),
            Op.NewRendezvous => NewRendezvous(),
            Op.TryJoin => TryJoin(step.A % Rendezvous, step.C % 2 == 0),
            Op.Join => Join(step.A % Rendezvous, At(step.B), (JoinForm)(step.C % 3), 1 + step.C / 3 % 2),
            Op.Blocks => Blocks(Shape(step, throws: false), At(step.A), At(step.B)),
            Op.Throw => Blocks(Shape(step, throws: true), At(step.A), At(step.B)),
            Op.Timer => Timer(At(step.A), step.B % 4, fails: false),
            Op.Timeout => Timer(At(step.A), step.B % 4, fails: true),
            Op.Asap => Asap(At(step.A)),
            Op.Pass => Say(Pass()),
            _ => Drop(At(step.A)),
        };
    }

    /// <summary>The step in words.</summary>
    public string Describe(Step step)
    {
        string e = NameOf(step.A), other = NameOf(step.B), r = $"r{step.A % Rendezvous}";
        return step.Op switch
        {
            Op.Make => $"e{Events} = make({r}, id {step.C}, slot {step.B % Slots})",
            Op.AtTrigger => $"{e}.AtTrigger({other})",
            Op.Cancel => $"{r}.Cancel()",
            Op.NewRendezvous => $"r{Rendezvous} = new",
            Op.TryJoin => $"{r}.TryJoin({(step.C % 2 == 0 ? "" : "out error")})",
            Op.Join => $"call: join {r} x{1 + step.C / 3 % 2} ({(JoinForm)(step.C % 3)}), done {other}",
            Op.Blocks or Op.Throw => $"call: {Shape(step, step.Op == Op.Throw)}, done {e}, result {other}",
            Op.Timer or Op.Timeout => $"{step.Op}({step.B % 4} ms, {e})",
            Op.Pass => "pass",
            _ => $"{step.Op}({e})",
        };
    }

    /// <summary>Records everything that is visible from outside.</summary>
    public abstract void Observe(List<int> state);

    protected abstract string Make(int rendezvous, int id, int slot);
    protected abstract bool Trigger(int e, int value);
    protected abstract bool Unblock(int e);
    protected abstract bool Fail(int e, Exception error);
    protected abstract string AtTrigger(int e, int other);
    protected abstract string Cancel(int rendezvous);
    protected abstract string NewRendezvous();
    protected abstract string TryJoin(int rendezvous, bool throws);
    protected abstract string Join(int rendezvous, int done, JoinForm form, int times);
    protected abstract string Blocks(BlockShape shape, int done, int result);
    protected abstract string Timer(int e, int milliseconds, bool fails);
    protected abstract string Asap(int e);
    protected abstract bool Pass();
    protected abstract string Drop(int e);

    protected static Exception Error(int number) => new InvalidDataException($"error {number}");

    /// <summary>The failures that came with this one.</summary>
    protected abstract IEnumerable<Exception> OthersOf(Exception error);

    protected string Name(Exception? error)
    {
        if (error is null)
            return "nothing";
        string[] others = [.. OthersOf(error).Select(NameOfOne)];
        return others.Length == 0 ? NameOfOne(error) : $"({NameOfOne(error)} with {string.Join(" + ", others)})";
    }

    private static string NameOfOne(Exception error) => error switch
    {
        OperationCanceledException => "cancelled",
        TimeoutException => "timeout",
        LostEventException => "lost",
        ObjectDisposedException => "disposed",
        InvalidOperationException => "second waiter",
        _ => error.Message,
    };

    private static string Say(bool answer) => answer ? "true" : "false";

    private string NameOf(int choice) => At(choice) is >= 0 and var e ? $"e{e}" : "empty";

    /// <summary>An event counted from the newest; -1 is the empty one.</summary>
    private int At(int choice) => Math.Max(-1, Events - 1 - choice);

    private static BlockShape Shape(Step step, bool throws) =>
        new(step.C & 3, step.C >> 2 & 3, (step.C & 16) != 0, (step.C & 32) != 0, throws);
}

/// <summary>How a call joins an event: in a try, outside any, or with <c>out error</c>.</summary>
internal enum JoinForm
{
    Guarded,
    Bare,
    WithError,
}

/// <summary>A call with two blocks of some events each: consecutive or nested, in a try or not, throwing in the second or not.</summary>
internal readonly record struct BlockShape(int First, int Second, bool Nested, bool Guarded, bool Throws)
{
    public override string ToString() =>
        $"{First} {(Nested ? "around" : "then")} {Second} events{(Throws ? ", throws" : "")}{(Guarded ? ", in a try" : "")}";
}
