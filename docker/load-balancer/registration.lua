-- Two things that an Application Load Balancer does with its targets and that HAProxy 3.0 has no setting for. Each target
-- stands in the backend of its group, such as be_catalog, and unchecked in be_catalog_fail_open.
local FAIL_OPEN = "_fail_open"

local function backend_of(server)
  return server:get_proxy():get_name()
end

local function is_fail_open(server)
  return string.sub(backend_of(server), -#FAIL_OPEN) == FAIL_OPEN
end

-- A target that Docker's DNS has just named is down until its health check passes, or requests would reach it before it
-- listens. The place may still be drained from the target before it.
local function register(server)
  server:set_ready()
  if not is_fail_open(server) then
    server:check_force_down()
  end
end

-- A target that is deregistered gets nothing new, also when it is the last one and its group would fail open to it.
local function drain_where_group_fails_open(server, drains)
  for _, twin in pairs(core.backends[backend_of(server) .. FAIL_OPEN].servers) do
    if twin:get_addr() == server:get_addr() then
      if drains then
        twin:set_drain()
      else
        twin:set_ready()
      end
    end
  end
end

-- RMAINT is the state of a place that no name stands for, FDRAIN the one that "set server ... state drain" makes.
core.event_sub({ "SERVER_ADMIN" }, function(_, data)
  local server, old, new = data.reference, data.admin.old_admin, data.admin.new_admin
  if not server then
    return
  end
  if old.RMAINT and not new.RMAINT then
    register(server)
  end
  if old.FDRAIN ~= new.FDRAIN and not is_fail_open(server) then
    drain_where_group_fails_open(server, new.FDRAIN)
  end
end)
