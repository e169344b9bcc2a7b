using Knot.Http;

namespace Tame.Samples.Tests.Knot;

/// <summary>The fields that choose what of a file is sent.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("bytes=0-0", "0+1")]
    [InlineData("bytes=0-99", "0+100")]
    [InlineData("bytes=0-100", "0+100")]
    [InlineData("bytes=10-", "10+90")]
    [InlineData("BYTES=-1", "99+1")]
    [InlineData("bytes=-1000", "0+100")]
    [InlineData("bytes=5-4", null)]             // no range: ignored
    [InlineData("bytes=100-", "")]              // outside: 416
    [InlineData("bytes=-0", "")]
    [InlineData("bytes=99999999999999999999-", "")]
    [InlineData("bytes=0-99999999999999999999", "0+100")]
    [InlineData("bytes=0-1, 5-6 ,, -2", "0+2 5+2 98+2")]
    [InlineData("bytes=0-1,200-300", "0+2")]
    [InlineData("bytes=0-1,x", null)]
    [InlineData("bytes=", null)]
    [InlineData("bytes=,", null)]
    [InlineData("bytes=-", null)]
    [InlineData("bytes= 0-1", "0+2")]
    [InlineData("bytes=+1-2", null)]
    [InlineData("bytes 0-1", null)]
    [InlineData("items=0-1", null)]
    [InlineData("bytes=0-99,0-99", null)]       // more than the whole
    [InlineData("bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16", null)]
    public void Ranges_of_a_hundred_bytes(string field, string? ranges) =>
        Assert.Equal(ranges, Ranges.Parse(field, 100) is { } parsed ? string.Join(' ', parsed.Select(range => $"{range.First}+{range.Length}")) : null);

    [Fact]
    public void An_empty_file_has_no_ranges() => Assert.Null(Ranges.Parse("bytes=0-", 0));

    [Theory]
    [InlineData(null, "identity")]
    [InlineData("", "identity")]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("gzip, br", "br")]
    [InlineData("GZIP;Q=1.0, br;q=0.5", "gzip")]
    [InlineData("gzip;q=0.5, br;q=0.501", "br")]
    [InlineData("br;q=0, gzip;q=0", "identity")]
    [InlineData("*", "br")]
    [InlineData("*;q=0.1, gzip", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("identity, gzip;q=0.5", "identity")]
    [InlineData("deflate", "identity")]
    [InlineData("identity;q=0", null)]
    [InlineData("*;q=0", null)]
    [InlineData("*;q=0, gzip", "gzip")]
    [InlineData("identity;q=0, br;q=0.001", "br")]
    [InlineData("gzip;q=2", "identity")]
    [InlineData("gzip;q=x", "identity")]
    public void A_coding_is_chosen_by_the_clients_weights(string? field, string? coding) => Assert.Equal(coding, Encodings.Choose(field, ["br", "gzip", "identity"]));

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", true)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", true)]
    [InlineData("Sun Nov  6 08:49:37 1994", true)]
    [InlineData("Sun, 06 Nov 1994 08:49:37", false)]
    [InlineData("1994-11-06T08:49:37Z", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Dates_have_three_forms(string? text, bool isDate)
    {
        Assert.Equal(isDate, HttpDates.TryParse(text, out var time));
        if (isDate)
            Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.Format(time));
    }
}
