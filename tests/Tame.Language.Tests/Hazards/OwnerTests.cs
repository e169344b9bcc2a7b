namespace Tame.Language.Tests.Hazards;

/// <summary>Members of the object and of its base, from lambdas and from functions that become methods.</summary>
public sealed partial class OwnerTests
{
    [Fact]
    public void This_and_base_mean_what_they_mean_in_the_body() =>
        Assert.Equal("h5p0! h5p0!1! h6p0!1! h5p0!1! b5d5p0!1!p0!1!0 b5d5p0!1!1s5 b6d6p0!1!p0!1!1 b6d6p0!1!2s6", Trace.Of((t, d) => new Dd().Members(t, d)));

    private class Bb
    {
        protected virtual string V(int x) => "b" + x;

        protected string P { get; set; } = "p";
    }

    private sealed partial class Dd : Bb
    {
        protected override string V(int x) => "d" + x;

        private event Action? Ev;

        private int _f;

        [Tamed] public partial void Members(Trace trace, Event done);

        private void MembersBody(Trace trace, Event done)
        {
            var all = new List<Func<string>>();
            for (var i = 0; i < 2; i++)
            {
                var x = i;
                all.Add(() => base.V(x) + V(x) + this.P + P + _f++);
                all.Add(Loc);
                Ev += Han;
                using (twait()) asap(mkevent());
                x += 5;
                P += i;
                base.P += "!";
                string Loc() => base.V(x) + V(x) + P + this._f + Static(x);
                void Han() => trace.Add("h" + x + base.P);
                static string Static(int q) => "s" + q;
                Ev?.Invoke();
                if (i == 1)
                {
                    Ev -= Han;
                    Ev?.Invoke();
                }
            }

            foreach (var f in all) trace.Add(f());
            done.Trigger();
        }
    }
}
