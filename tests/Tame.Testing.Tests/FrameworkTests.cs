using Xunit.Sdk;

namespace Tame.Testing.Tests;

/// <summary>Failures as a test framework sees them.</summary>
public sealed class FrameworkTests
{
    [Fact]
    public void XUnit_counts_a_failure_as_a_failed_assertion()
    {
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => timer(TimeSpan.FromSeconds(1), e.EndsWithin(TimeSpan.Zero))));
        Assert.Equal(FailureCause.Assertion, ExceptionUtility.ExtractMetadata(failure).Cause);
        Assert.Equal(FailureCause.Exception, ExceptionUtility.ExtractMetadata(new FormatException()).Cause);
    }

    [Fact]
    public void A_failure_can_be_made_as_any_exception_can()
    {
        var inner = new FormatException();
        Assert.Equal("An assertion about an event loop failed.", new LoopAssertException().Message);
        Assert.Equal(("what", inner), (new LoopAssertException("what", inner).Message, new LoopAssertException("what", inner).InnerException));
        Assert.Equal(("", 0, 0), (new LoopAssertException("what").File, new LoopAssertException("what").Line, new LoopAssertException("what").Blocked.Count));
    }
}
