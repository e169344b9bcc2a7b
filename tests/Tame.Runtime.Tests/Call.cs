using Tame.CompilerServices;

namespace Tame.Runtime.Tests;

/// <summary>A hand-written closure for tests. Its steps do what a generated body does between its resume labels.</summary>
internal sealed class Call : Closure
{
    /// <summary>The first nine states wait in the lines from 101, each further one in the line of its own number.</summary>
    private static readonly ClosureType s_type = new("Tests.Call", "Call.cs", line: 0, waits: string.Concat(Enumerable.Range(1, 1100).Select(state => $"{state} at {(state <= 9 ? 100 + state : state)}: \n")));
    private Action<Call> _body = null!;

    public Event Done;
    public Event Further;
    public Event<int> Result;
    public int A, B, C, D;
    public bool InTime;
    public string? Text;
    public Exception? Error;
    public object? Held;

    private Call()
    {
    }

    public override ClosureType Type => s_type;

    public static int Pool => s_type.Pool;

    public static Call Make(Action<Call> body, Event done = default, Event<int> result = default)
    {
        var call = (Call?)s_type.Rent() ?? new Call();
        call._body = body;
        call.Done = done;
        call.Result = result;
        return call;
    }

    /// <summary>Starts a body. It is called again on each resume and finds its place by State.</summary>
    public static void Start(Action<Call> body, Event done = default, Event<int> result = default) => Make(body, done, result).Start();

    /// <summary>Adds an event parameter to the call.</summary>
    public Call With(Event further)
    {
        Further = further;
        return this;
    }

    /// <summary>Starts the call and returns it.</summary>
    public Call Started()
    {
        Start();
        return this;
    }

    /// <summary>Runs each action inside a separate twait block, one after the other, then completes its event.</summary>
    public static void Blocks(Event done, params Action<Call>[] blocks) => Start(
        c =>
        {
            int next = c.State;
            if (next > 0 && !c.EndBlock())
                return;
            while (next < blocks.Length)
            {
                c.EnterBlock();
                blocks[next](c);
                next++;
                if (!c.BlockDone(next) || !c.EndBlock())
                    return;
            }
            c.Done.Trigger();
        },
        done);

    protected override void Resume() => _body(this);

    protected override void Clear()
    {
        _body = null!;
        Done = default;
        Further = default;
        Result = default;
        Text = null;
        Error = null;
        Held = null;
        A = B = C = D = 0;
    }

    protected override bool FailEvents(Exception error) => Done.Fail(error) | Further.Fail(error) | Result.Fail(error);
}
