namespace Tame.Language.Tests.Waits;

/// <summary>Which form of a primitive the compiler takes where several would fit.</summary>
public sealed partial class OverloadTests
{
    [Fact]
    public void An_id_may_be_declared_with_var_and_an_error_asked_for_by_name() => Assert.Equal("7 8 lost ok", Trace.Of(Forms));

    [Tamed] private static partial void Forms(Trace trace, Event done);

    private static void FormsBody(Trace trace, Event done)
    {
        var r = new Rendezvous<int>();
        var errors = new Rendezvous<Exception>();
        asap(mkevent(r, 7));
        twait(r, out var id);
        trace.Add(id);
        mkevent(r, 8).Fail(new InvalidOperationException("lost"));
        twait(r, out id, out var error);
        trace.Add(id);
        trace.Add(error!.Message);
        asap(mkevent(r, 9));
        twait(r, error: out error);
        asap(mkevent(errors, new InvalidOperationException("ok")));
        twait(errors, out var both);
        trace.Add(error is null ? both.Message : "wrong");
        asap(mkevent(r, 10));
        twait(r, out _);
        done.Trigger();
    }
}
