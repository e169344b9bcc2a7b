#pragma warning disable TAME060 // some of these bodies only fail
namespace Tame.Language.Tests.Failures;

/// <summary>Several failures of one block in tamed methods: which is thrown, and where the others are.</summary>
public sealed partial class OtherFailuresTests
{
    [Fact]
    public void A_catch_of_one_type_takes_the_first_made_when_everything_fails() =>
        Assert.Equal("caught first [second third]", Trace.Of(Everything));

    [Tamed] private static partial void Everything(Trace trace, Event done);

    private static void EverythingBody(Trace trace, Event done)
    {
        try
        {
            using (twait())
            {
                Fail(new IOException("first"), 3, mkevent());
                Fail(new TimeoutException("second"), 2, mkevent());
                timer(TimeSpan.FromSeconds(5), mkevent());
                Fail(new IOException("third"), 1, mkevent());
            }
        }
        catch (IOException e)
        {
            trace.Add($"caught {Told(e)}");
        }

        done.Trigger();
    }

    [Fact]
    public void The_others_come_through_calls_in_and_outside_of_try() =>
        Assert.Equal("first [second third] first [second third]", Trace.Of(Through));

    [Tamed] private static partial void Through(Trace trace, Event done);

    private static void ThroughBody(Trace trace, Event done)
    {
        for (var i = 0; i < 2; i++)
        {
            try
            {
                using (twait()) Hop(5, i == 0, mkevent());
            }
            catch (IOException e)
            {
                trace.Add(Told(e));
            }
        }

        done.Trigger();
    }

    [Tamed] private static partial void Hop(int left, bool guarded, Event done);

    private static void HopBody(int left, bool guarded, Event done)
    {
        if (left == 0)
        {
            using (twait())
            {
                Fail(new IOException("first"), 3, mkevent());
                Fail(new IOException("second"), 2, mkevent());
                Fail(new IOException("third"), 1, mkevent());
            }
        }
        else if (guarded)
        {
            try
            {
                using (twait()) Hop(left - 1, guarded, mkevent());
            }
            finally
            {
                using (twait()) asap(mkevent());
            }
        }
        else
        {
            using (twait()) Hop(left - 1, guarded, mkevent());
        }

        done.Trigger();
    }

    [Fact]
    public void The_others_come_through_a_call_that_throws_before_its_first_wait() => Assert.Equal("first [second]", Trace.Of(Early));

    [Tamed] private static partial void Early(Trace trace, Event done);

    private static void EarlyBody(Trace trace, Event done)
    {
        try
        {
            using (twait()) Relay(mkevent());
        }
        catch (IOException e)
        {
            trace.Add(Told(e));
        }

        done.Trigger();
    }

    [Tamed] private static partial void Relay(Event done);

    private static void RelayBody(Event done)
    {
        Both();
        done.Trigger();
    }

    /// <summary>Throws at once, for no event parameter takes the failure.</summary>
    [Tamed] private static partial void Both();

    private static void BothBody()
    {
        using (twait())
        {
            var first = mkevent();
            mkevent().Fail(new IOException("second"));
            first.Fail(new IOException("first"));
        }
    }

    [Theory]
    [InlineData("variable")]
    [InlineData("filter")]
    [InlineData("filter that declines")]
    [InlineData("no variable")]
    [InlineData("no type")]
    [InlineData("waiting")]
    [InlineData("waiting without a variable")]
    [InlineData("waiting filter")]
    [InlineData("finally")]
    [InlineData("waiting finally")]
    [InlineData("using")]
    [InlineData("nested")]
    public void What_leaves_a_block_has_the_failures_of_its_events(string way) =>
        Assert.Equal("thrown [first second]", Trace.Of((trace, done) => Outer(way, trace, done)));

    [Tamed] private static partial void Outer(string way, Trace trace, Event done);

    private static void OuterBody(string way, Trace trace, Event done)
    {
        try
        {
            using (twait()) Leave(way, mkevent());
        }
        catch (IOException e)
        {
            trace.Add(Told(e));
        }

        done.Trigger();
    }

    [Tamed] private static partial void Leave(string way, Event done);

    private static void LeaveBody(string way, Event done)
    {
        switch (way)
        {
            case "variable":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException e)
                {
                    Assert.Equal("thrown [first second]", Told(e));
                    throw;
                }

                break;
            case "filter":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException e) when (Told(e) == "thrown [first second]")
                {
                    throw;
                }

                break;
            case "filter that declines":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException) when (done == default)
                {
                }

                break;
            case "no variable":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException)
                {
                    throw;
                }

                break;
            case "no type":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch
                {
                    throw;
                }

                break;
            case "waiting":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException e)
                {
                    using (twait()) asap(mkevent());
                    Assert.Equal("thrown [first second]", Told(e));
                    throw;
                }

                break;
            case "waiting without a variable":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException)
                {
                    using (twait()) asap(mkevent());
                    throw;
                }

                break;
            case "waiting filter":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                catch (IOException e) when (Told(e) == "thrown [first second]")
                {
                    using (twait()) asap(mkevent());
                    throw;
                }

                break;
            case "finally":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                finally
                {
                    way = "done";
                }

                break;
            case "waiting finally":
                try
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }
                finally
                {
                    using (twait()) asap(mkevent());
                }

                break;
            case "using":
                using (var resource = new MemoryStream())
                {
                    using (twait()) FailAndThrow(mkevent(), mkevent());
                }

                break;
            case "nested":
                using (twait())
                {
                    Event left = mkevent(), second = mkevent();
                    left.Trigger();
                    second.Fail(new IOException("second"));
                    using (twait()) FailAndThrow(mkevent(), default);
                }

                break;
        }

        done.Trigger();
    }

    [Fact]
    public void A_handled_exception_takes_its_failures_along() => Assert.Equal("later []", Trace.Of(Handled));

    [Tamed] private static partial void Handled(Trace trace, Event done);

    private static void HandledBody(Trace trace, Event done)
    {
        try
        {
            try
            {
                using (twait()) FailAndThrow(mkevent(), mkevent());
            }
            catch (IOException)
            {
                throw new TimeoutException("later");
            }
        }
        catch (TimeoutException e)
        {
            trace.Add(Told(e));
        }

        done.Trigger();
    }

    private static void FailAndThrow(Event first, Event second)
    {
        second.Fail(new IOException("second"));
        first.Fail(new IOException("first"));
        throw new IOException("thrown");
    }

    private static string Told(Exception error) => $"{error.Message} [{string.Join(' ', error.OtherFailures().Select(other => other.Message))}]";

    [Tamed] private static partial void Fail(Exception error, int seconds, Event done);

    private static void FailBody(Exception error, int seconds, Event done)
    {
        using (twait()) timer(TimeSpan.FromSeconds(seconds), mkevent());
        throw error;
    }
}
