using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME060Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME060");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'done' may never trigger: the path where 'n > 3' is false (line 7) neither triggers it nor passes it on; trigger it, fail it or throw there"],
        await s_rule.Reports("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            using (twait()) asap(mkevent());
            if (n > 3) done.Trigger();
        }
        """));

    [Fact]
    public async Task The_message_speaks_of_the_label_of_a_switch() => Assert.Equal(
        ["'done' may never trigger: the path where 'case > 3' does not fit (line 8) neither triggers it nor passes it on; trigger it, fail it or throw there"],
        await s_rule.Reports("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            switch (n)
            {
                case > 3: done.Trigger(); break;
            }
        }
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            switch (n)
            {
                case 1: done.Trigger(); break;
                case 2: break;
                default: throw new System.InvalidOperationException();
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            try
            {
                Use(n / 2 + Parse("1"));
                done.Trigger();
            }
            catch (System.FormatException)
            {
                Use(n);
            }
        }
        private static int Parse(string s) => int.Parse(s);
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done, Event<int> other);
        private static void ActBody(int n, Event [|done|], Event<int> other)
        {
            for (int i = 0; i < n; i++)
            {
                if (i == 7) { done.Trigger(); break; }
                using (twait()) asap(mkevent());
            }

            other.Trigger(n);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event [|done|])
        {
            var log = mkevent(new Rendezvous());
            done.AtTrigger(log);
            log.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(string name, Event done);
        private static void ActBody(string name, Event [|done|])
        {
            switch (name)
            {
                case { Length: > 3 }: done.Trigger(); break;
                case { Length: <= 3 }: done.Trigger(); break;
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(System.DayOfWeek? day, Event done);
        private static void ActBody(System.DayOfWeek? day, Event [|done|])
        {
            switch (day)
            {
                case null: done.Trigger(); break;
                case System.DayOfWeek.Monday: done.Trigger(); break;
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            if (n > 3) done.Trigger(); else asap(done);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            using (twait()) asap(mkevent());
            if (n > 3) throw new System.InvalidOperationException();
            if (n > 2) done.Fail(new System.Exception());
            else done.Unblock();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            if (!done.IsPending) return;
            done.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event? done);
        private static void ActBody(int n, Event? done)
        {
            if (n > 3) done?.Trigger();
            else if (done is { } given) given.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            while (true)
            {
                using (twait()) asap(mkevent());
                if (n > 3) break;
            }

            System.Action later = () => done.Trigger();
            later();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            try
            {
                using (twait()) asap(mkevent());
            }
            finally
            {
                done.Trigger();
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            while (true)
            {
                using (twait()) asap(mkevent());
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            s_kept = done;
        }
        private static Event s_kept;
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            asap(done + Event.Detached);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            try
            {
                done.Trigger();
            }
            catch (System.Exception)
            {
                Use(n);
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            done.WithTimeout(System.TimeSpan.FromSeconds(1));
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            switch (Choose())
            {
                case true: done.Trigger(); break;
                case false: done.Fail(new System.TimeoutException()); break;
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(object value, string name, Event done);
        private static void ActBody(object value, string name, Event done)
        {
            switch ((value is int number ? number : 4) + 1)
            {
                case > 1: done.Trigger(); break;
                case <= 1: done.Fail(new System.TimeoutException()); break;
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(object value, string name, Event done);
        private static void ActBody(object value, string name, Event done)
        {
            switch ((value is int @in && int.TryParse(name, out var other) ? other + @in : 4) * 2)
            {
                case > 1: done.Trigger(); break;
                case <= 1: done.Fail(new System.TimeoutException()); break;
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(object value, string name, Event done);
        private static void ActBody(object value, string name, Event done)
        {
            switch (-(value is (int first, var second) && second is null ? first : 1))
            {
                case > 1: done.Trigger(); break;
                case <= 1: done.Fail(new System.TimeoutException()); break;
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(string? name, Event done);
        private static void ActBody(string? name, Event done)
        {
            switch (name)
            {
                case { Length: > 3 } when Choose():
                case { Length: >= 0 }:
                    using (twait()) asap(mkevent());
                    done.Trigger();
                    break;
                case null:
                    done.Trigger();
                    break;
            }
        }
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
