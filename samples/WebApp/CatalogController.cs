using Microsoft.AspNetCore.Mvc;
using Tame.Hosting;

namespace WebApp;

/// <summary>Quotes for several items at once.</summary>
[ApiController, Route("/")]
public sealed class CatalogController : ControllerBase
{
    #region action
    [HttpGet("catalog")]
    public Task<Quote?[]> Get([FromQuery] string[] items, [FromServices] EventLoopGroup loops, [FromServices] TamedQuotes quotes, CancellationToken aborted) =>
        loops.InvokeAsync<Quote?[]>(all => quotes.BestOfAll(items, all), aborted);
    #endregion

    [HttpGet("async/catalog")]
    public Task<Quote?[]> GetAsync([FromQuery] string[] items, [FromServices] AsyncQuotes quotes, CancellationToken aborted) =>
        Task.WhenAll(items.Select(item => quotes.BestAsync(item, aborted)));
}
