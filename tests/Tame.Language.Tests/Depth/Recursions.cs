namespace Tame.Language.Tests.Depth;

/// <summary>Recursive tamed methods of each kind; all count how deep they were.</summary>
internal static partial class Recursions
{
    public const int Deepest = 1_000_000;

    private static readonly Dictionary<string, Action<int, Event<int>>> s_kinds = new()
    {
        ["needs its callee"] = Needs,
        ["waits before"] = WaitsBefore,
        ["waits behind"] = WaitsBehind,
        ["in tail position"] = Tail,
        ["two methods"] = Even,
        ["three methods"] = First,
        ["through a delegate"] = (depth, done) => Handed((left, e) => Call(left, e), depth, done),
        ["through an interface"] = (depth, done) => new Node().Visit(depth, done),
        ["generic, on an instance"] = (depth, done) => new Holder<string>().Go("x", depth, done),
        ["under a mapped event"] = Mapped,
    };

    public static IEnumerable<string> Kinds => s_kinds.Keys;

    /// <summary>How deep a recursion of that kind was.</summary>
    public static int Run(string kind) => EventLoop.Run<int>(done => s_kinds[kind](Deepest, done));

    [Tamed] private static partial void Needs(int depth, Event<int> done);

    private static void NeedsBody(int depth, Event<int> done)
    {
        int below = 0;
        if (depth > 0)
        {
            using (twait()) Needs(depth - 1, mkevent(out below));
            below++;
        }

        done.Trigger(below);
    }

    [Tamed] private static partial void WaitsBefore(int depth, Event<int> done);

    private static void WaitsBeforeBody(int depth, Event<int> done)
    {
        int below = 0;
        if (depth % 10_000 == 0)
            twait(e => asap(e));
        if (depth > 0)
        {
            twait(e => WaitsBefore(depth - 1, e), out below);
            below++;
        }

        done.Trigger(below);
    }

    [Tamed] private static partial void WaitsBehind(int depth, Event<int> done);

    private static void WaitsBehindBody(int depth, Event<int> done)
    {
        int below = 0;
        if (depth > 0)
        {
            using (twait())
            {
                asap(mkevent());
                WaitsBehind(depth - 1, mkevent(out below));
            }

            below++;
        }

        done.Trigger(below);
    }

    /// <summary>It never waits, so that its calls have no closure.</summary>
    [Tamed] private static partial void Tail(int depth, Event<int> done);

    private static void TailBody(int depth, Event<int> done)
    {
        if (depth == 0)
        {
            done.Trigger(Deepest);
            return;
        }

        Tail(depth - 1, done);
    }

    [Tamed] private static partial void Even(int depth, Event<int> done);

    private static void EvenBody(int depth, Event<int> done)
    {
        if (depth == 0)
        {
            done.Trigger(0);
            return;
        }

        twait(e => Odd(depth - 1, e), out int below);
        done.Trigger(below + 1);
    }

    [Tamed] private static partial void Odd(int depth, Event<int> done);

    private static void OddBody(int depth, Event<int> done)
    {
        twait(e => Even(depth - 1, e), out int below);
        done.Trigger(below + 1);
    }

    [Tamed] private static partial void First(int depth, Event<int> done);

    private static void FirstBody(int depth, Event<int> done)
    {
        int below = 0;
        if (depth > 0)
        {
            twait(e => Second(depth, e), out below);
        }

        done.Trigger(below);
    }

    [Tamed] private static partial void Second(int depth, Event<int> done);

    private static void SecondBody(int depth, Event<int> done) => Third(depth, done);

    [Tamed] private static partial void Third(int depth, Event<int> done);

    private static void ThirdBody(int depth, Event<int> done)
    {
        int below;
        using (twait()) First(depth - 1, mkevent(out below));
        done.Trigger(below + 1);
    }

    [Tamed] private static partial void Handed(Action<int, Event<int>> next, int depth, Event<int> done);

    private static void HandedBody(Action<int, Event<int>> next, int depth, Event<int> done)
    {
        if (depth == 0)
        {
            done.Trigger(0);
            return;
        }

        twait(e => next(depth - 1, e), out int below);
        done.Trigger(below + 1);
    }

    private static void Call(int depth, Event<int> done) => Handed(Call, depth, done);

    [Tamed] private static partial void Mapped(int depth, Event<int> done);

    private static void MappedBody(int depth, Event<int> done)
    {
        int below = 0;
        if (depth > 0)
            twait(e => Mapped(depth - 1, e.Map((int inner) => inner + 1)), out below);
        done.Trigger(below);
    }

    private interface INode
    {
        void Visit(int depth, Event<int> done);
    }

    private sealed partial class Node : INode
    {
        private readonly List<INode> _children = [];

        public Node() => _children.Add(this);

        [Tamed] public partial void Visit(int depth, Event<int> done);

        private void VisitBody(int depth, Event<int> done)
        {
            if (depth == 0)
            {
                done.Trigger(0);
                return;
            }

            twait(e => _children[0].Visit(depth - 1, e), out int below);
            done.Trigger(below + 1);
        }
    }

    private sealed partial class Holder<T>
        where T : class
    {
        [Tamed] public partial void Go<TOther>(TOther other, int depth, Event<int> done);

        private void GoBody<TOther>(TOther other, int depth, Event<int> done)
        {
            if (depth == 0)
            {
                done.Trigger(0);
                return;
            }

            int below;
            using (twait()) Go(other, depth - 1, mkevent(out below));
            done.Trigger(below + 1);
        }
    }
}
